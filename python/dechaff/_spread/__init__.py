"""What is done with articles that stand on many machines, whatever engine brings their rows together: the same order of steps for all."""
