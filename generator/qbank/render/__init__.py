"""What one question becomes in every form that outputs need, made once."""
