"""The pieces of the evaluation: gold files, the graph as a scorer sees it, matching, figures, reports, floors."""
