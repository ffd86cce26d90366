"""News, questions and answers, assistant, petitions. Nothing lives here yet."""
