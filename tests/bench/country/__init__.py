"""One invented country, as large as the real one, written past the services by bulk insertion.

What the services would refuse is not written: every foreign key, constraint and trigger is on, the
answers are marked, progress summed up and records signed by the product's own functions.
"""
