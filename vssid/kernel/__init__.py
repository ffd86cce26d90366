"""Pure Python that every app may use: identifiers, months, money, text, errors."""
