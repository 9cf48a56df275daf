"""Policy, records, signatures: who may approve what, verified over bytes. Pure."""
