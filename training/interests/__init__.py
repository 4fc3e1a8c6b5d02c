"""From one photo's features to kinds and interests, and from many to what recurs."""
