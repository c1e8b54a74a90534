from metaflow import FlowSpec, Parameter, step


class Fan(FlowSpec):
    width = Parameter("width", default=100)

    @step
    def start(self):
        self.numbers = list(range(self.width))
        self.next(self.twice, foreach="numbers")

    @step
    def twice(self):
        self.doubled = 2 * self.input
        self.next(self.join)

    @step
    def join(self, inputs):
        self.total = sum(task.doubled for task in inputs)
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Fan()
