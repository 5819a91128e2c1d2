"""What a new project is made from: the wishes of its maker, the files with areas and values."""
