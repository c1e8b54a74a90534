import numpy
from metaflow import FlowSpec, Parameter, step


class Doubles(FlowSpec):
    length = Parameter("length", default=25_000_000)

    @step
    def start(self):
        self.numbers = numpy.random.default_rng(1).random(self.length)
        self.next(self.end)

    @step
    def end(self):
        self.sum = float(self.numbers.sum())


if __name__ == "__main__":
    Doubles()
