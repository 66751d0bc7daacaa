// the tests start processes that keep all cores busy: side by side they would only wait for each other
[assembly: CollectionBehavior(DisableTestParallelization = true)]
