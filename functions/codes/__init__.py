"""Codes on single items: serials that prove themselves, links as GS1 Digital Link has them, batches and scans."""
