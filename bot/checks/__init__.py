"""What can be looked at before the bot runs: each check says in one line what is wrong and what to do."""
