"""Issues of a Roundup tracker."""
