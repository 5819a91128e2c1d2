"""From files to tables: the data contract, its checks, the polygons."""
