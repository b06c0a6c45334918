"""Referral: who brings a friend is rewarded once the friend has done what counts, and promoters earn commission."""
