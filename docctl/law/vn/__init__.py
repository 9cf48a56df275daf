"""What is Vietnamese about law: how provisions are said, what publishers' labels mean."""
