"""讲稿核数: every number of a draft set beside the figure it claims to be. It keeps nothing and rewrites nothing."""
