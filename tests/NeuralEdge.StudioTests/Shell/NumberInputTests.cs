using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Studio.Shell;

namespace NeuralEdge.StudioTests.Shell;

[TestClass]
public sealed class NumberInputTests
{
    [TestMethod]
    [DataRow("0.5", 0.5)]
    [DataRow("0,5", 0.5)]
    [DataRow(" -1,25 ", -1.25)]
    [DataRow("2e3", 2000.0)]
    [DataRow("1234", 1234.0)]
    public void ANumberIsReadWithAPointAndWithAComma(string text, double number) => Assert.AreEqual(number, NumberInput.Parse(text));

    [TestMethod]
    [DataRow("1.234,5")]
    [DataRow("1,234.5")]
    [DataRow("1,234,567")]
    [DataRow("1'234")]
    [DataRow("")]
    [DataRow("wet")]
    [DataRow("NaN")]
    [DataRow("1e999")]
    public void WhatCouldBeTwoNumbersOrNoneIsNone(string text) => Assert.IsNull(NumberInput.Parse(text));
}
