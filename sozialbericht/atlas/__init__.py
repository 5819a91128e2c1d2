"""Atlas: the data of the web report's start page and atlas, made from the protected values of a report."""
