"""The record: home, card, contributions, benefits, medical book; one's own and one's child's."""
