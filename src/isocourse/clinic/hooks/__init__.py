"""CDS Hooks over HTTP: who may call, what is read from their server, and the cards that go back."""
