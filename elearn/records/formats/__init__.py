"""Records as bytes for others: signatures, QR codes, PDF. Pure: no app, no database."""
