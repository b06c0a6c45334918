"""QR codes and pictures: the only place that knows qrcode and Pillow."""
