"""What users already have, read into what docctl works with; nothing here touches files, Git or the network."""
