from metaflow import FlowSpec, step


class Trivial(FlowSpec):
    @step
    def start(self):
        self.first = 0  # the benchmark writes another number here
        self.next(self.middle)

    @step
    def middle(self):
        self.second = self.first + 1
        self.next(self.end)

    @step
    def end(self):
        self.third = self.second + 1


if __name__ == "__main__":
    Trivial()
