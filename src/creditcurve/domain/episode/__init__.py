"""Episodes: from a rule's verdicts to messages, one per episode."""

from creditcurve.domain.episode.step import MAX_DIP_S, Step, step
from creditcurve.domain.episode.values import Episode, Notice, State, ended, shifted

__all__ = ["MAX_DIP_S", "Episode", "Notice", "State", "Step", "ended", "shifted", "step"]
