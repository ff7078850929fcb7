"""What every page has around it: guards of routes, policy headers, the frame, health."""
