"""The playground's mail: a mail server of its own, everybody's mailbox, and letters to send."""
