"""The record a person sees: cards, contributions, benefits, medical visits."""
