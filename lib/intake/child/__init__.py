"""The child process an untrusted file is opened in."""
