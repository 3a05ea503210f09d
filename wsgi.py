"""The WSGI entry point: `gunicorn wsgi:app`."""

from elearn.factory import create_app

app = create_app()
