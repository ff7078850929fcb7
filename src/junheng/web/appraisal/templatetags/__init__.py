"""Template tags of appraisal."""
