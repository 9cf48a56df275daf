"""Words in free text that are right only for a time: which texts are free, where terms stand in them. Pure."""
