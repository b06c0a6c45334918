"""Certificates: a document that somebody took part to the end, made to be shown and to be checked."""
