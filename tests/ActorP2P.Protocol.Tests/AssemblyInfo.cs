// Whether a pooled buffer was released can be seen only while nobody else rents from the same pool.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
