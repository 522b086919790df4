"""SQL: the only place that knows SQLAlchemy."""
