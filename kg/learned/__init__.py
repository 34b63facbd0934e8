"""Small trained readers: the type of a name that no list has, and the relation of two mentions. Trained by kg.learned.train."""
