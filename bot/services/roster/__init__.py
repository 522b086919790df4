"""The practice's roster on its way in and out: rows of clients and relations, whatever file they stand in."""
