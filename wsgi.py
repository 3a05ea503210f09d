"""The WSGI entry point: `gunicorn wsgi:app`."""

from elearn.core import config
from elearn.factory import create_app
from elearn.web import logs

settings = config.load()
logs.configure(settings)
app = create_app(settings)
