using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Import.Fann;

namespace NeuralEdge.Tests.Import.Fann;

/// <summary>FANN's text files: its factors, its order of connections, and what it has that a board has not.</summary>
[TestClass]
public sealed class FannTests
{
    /// <summary>2-3-1: sigmoid symmetric, then sigmoid; steepness 0.5 as FANN's default is.</summary>
    internal const string Small = """
        FANN_FLO_2.1
        num_layers=3
        learning_rate=0.700000
        connection_rate=1.000000
        network_type=0
        layer_sizes=3 4 2 
        scale_included=0
        neurons (num_inputs, activation_function, activation_steepness)=(0, 0, 0.00000000000000000000e+00) (0, 0, 0.0) (0, 0, 0.0) (3, 5, 0.5) (3, 5, 0.5) (3, 5, 0.25) (0, 5, 0.0) (4, 3, 0.5) (0, 3, 0.0) 
        connections (connected_to_neuron, weight)=(0, 1.5) (1, -2.0) (2, 0.25) (0, 0.5) (1, 0.75) (2, -1.0) (0, 4.0) (1, 0.0) (2, 2.0) (3, 1.0) (4, -3.0) (5, 0.5) (6, 0.125) 

        """;

    [TestMethod]
    public void ItsFormulaIsFollowed()
    {
        FloatNetwork network = FannReader.Parse(Small, "xor.net").Model.Network;
        foreach ((double a, double b) in new[] { (0.0, 0.0), (1.0, -0.5), (-2.0, 0.75) })
        {
            // As FANN computes: activation(steepness * (sum of connection * value, the bias neuron being 1)).
            double h0 = Math.Tanh(0.5 * ((1.5 * a) - (2 * b) + 0.25));
            double h1 = Math.Tanh(0.5 * ((0.5 * a) + (0.75 * b) - 1));
            double h2 = Math.Tanh(0.25 * ((4 * a) + 2));
            double y = 1 / (1 + Math.Exp(-2 * 0.5 * (h0 - (3 * h1) + (0.5 * h2) + 0.125)));
            Assert.AreEqual(y, network.Forward([a, b])[0], 1e-14);
        }
    }

    [TestMethod]
    [DataRow("network_type=0", "network_type=1", "network_type|shortcuts")]
    [DataRow("connection_rate=1.000000", "connection_rate=0.5", "connection_rate|fully connected")]
    [DataRow("scale_included=0", "scale_included=1", "scale_included|fann_clear_scaling_params")]
    [DataRow("FANN_FLO_2.1", "FANN_FIX_2.1", "FANN_FLO|floating point")]
    [DataRow("layer_sizes=3 4 2", "layer_sizes=3 5 2", "neurons|layer sizes")]
    [DataRow("(3, 5, 0.5) (3, 5, 0.5)", "(3, 5, 0.5) (3, 0, 0.5)", "activation|neuron 4")]
    [DataRow("(4, 3, 0.5)", "(4, 7, 0.5)", "gaussian|neuron 7")]
    [DataRow("(1, -2.0)", "(1, nan)", "connections|no usable number")]
    [DataRow("(1, -2.0)", "(2, -2.0)", "neuron 3|fann_create_standard")]
    public void WhatItCannotBeIsRefusedByField(string from, string to, string parts)
    {
        string text = Small.Replace(from, to, StringComparison.Ordinal);
        Assert.AreNotEqual(Small, text);
        Refusals.Expect("x.net|" + parts, () => FannReader.Parse(text, "x.net"));
    }
}
