using NeuralEdge.Learning.Import.Functions;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>
/// Numbers of which each is a function of one affine form: an activation that is being put together. It becomes a layer
/// when something mixes the numbers, and until then whatever is done to each of them is part of the function.
/// </summary>
/// <param name="shape">Sizes of the dimensions.</param>
/// <param name="arguments">The affine forms, one for each number.</param>
/// <param name="functions">The functions, one for each number.</param>
internal sealed class PointwiseValue(int[] shape, AffineValue arguments, Scalar[] functions) : Value(shape)
{
    private readonly PointwiseValue? _whole;
    private readonly int[] _places = [];
    private AffineValue? _layer;

    private PointwiseValue(int[] shape, PointwiseValue whole, int[] places)
        : this(shape, (AffineValue)whole.Arguments.Pick(shape, places), Array.ConvertAll(places, k => whole.Functions[k]))
    {
        _whole = whole;
        _places = places;
    }

    internal AffineValue Arguments { get; } = arguments;

    internal Scalar[] Functions { get; } = functions;

    internal override int Count => Functions.Length;

    /// <summary>The numbers as outputs of a layer, made once, so that all who take them or a part of them take the same.</summary>
    internal AffineValue ToLayer(INodeContext node) => _layer ??= _whole is null
        ? FunctionLayer.Build(node, this)
        : (AffineValue)_whole.ToLayer(node).Pick(Shape, _places);

    internal override Value Reshaped(int[] shape) => new PointwiseValue(shape, this, [.. Enumerable.Range(0, Count)]);

    internal override Value Pick(int[] shape, int[] source) => new PointwiseValue(shape, this, source);
}
