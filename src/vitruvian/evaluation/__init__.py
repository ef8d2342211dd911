"""Quality of results against annotated truth: metrics and tables; no model runs here."""
