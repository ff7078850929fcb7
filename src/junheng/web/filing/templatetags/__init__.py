"""What other pages say of filing."""
