"""What is to be done: the worklist of an agency, and what a text of the law touches in its procedures. Pure."""
