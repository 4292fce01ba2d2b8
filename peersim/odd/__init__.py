"""The model described after the ODD protocol: the words stand in template.md, all else is read from the code."""
