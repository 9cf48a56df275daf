"""What two lines of work have both made since they parted."""
