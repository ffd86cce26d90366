"""Getting the app onto a phone (guides R17): install help, and the leaflet of an office."""
