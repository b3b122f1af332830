namespace NeuralEdge.Conversion.FloatModels;

/// <summary>What a model says of one of its outputs.</summary>
/// <param name="Name">The output's name: a target column, or a class of a classifier.</param>
/// <param name="Unit">The unit of its values, empty when none is known.</param>
public sealed record OutputSpec(string Name, string Unit = "");
