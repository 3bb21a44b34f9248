"""The pages people open in a browser: the front page, the two try-it-out pages, the catalogue of problems."""
