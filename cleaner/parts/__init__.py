"""Parts of a page that are not the article's text: readers' comments, embedded posts, and the updates of live blogs."""
