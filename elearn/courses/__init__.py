"""Published course versions: immutable content, its renderings, import and export."""
