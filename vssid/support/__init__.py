"""News, questions and answers, assistant, petitions. Petitions live here so far."""
