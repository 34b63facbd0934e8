"""A knowledge-graph builder for the news and policy of critical minerals."""

__version__ = "0.1.0"
