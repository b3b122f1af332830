using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;

namespace NeuralEdge.Tests.Security;

/// <summary>What may be inside a signed request, and what a right tag ends.</summary>
[TestClass]
public sealed class SignedRequestTests
{
    [TestMethod]
    public void WhatNeedsNoTagIsUnknownInsideASignedRequest()
    {
        KeyedBench bench = new();
        Assert.AreEqual(RequestStatus.UnknownRequest, bench.AskSigned(LinkRequest.Challenge));
        Assert.AreEqual(RequestStatus.UnknownRequest, bench.AskSigned(LinkRequest.Hello, LinkProtocol.Version, LinkProtocol.Version, 1, 2, 3, 4));
        Assert.AreEqual(RequestStatus.Ok, bench.Challenge());
        Assert.AreEqual(RequestStatus.UnknownRequest, bench.Ask(LinkRequest.Signed, bench.Sign(LinkRequest.Signed, bench.Sign(LinkRequest.Abort, []))));
        Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Abort));
    }

    [TestMethod]
    public void ARightTagEndsThePauseOfTheNextStartToo()
    {
        KeyedBench bench = new();
        bench.Challenge();
        Assert.AreEqual(RequestStatus.NotAuthorised, bench.Ask(LinkRequest.Signed, new byte[40]));
        bench.Bench.Wait(RequestGuard.FirstPauseMs);
        Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Abort));
        bench.Start();
        bench.Hello();
        Assert.AreEqual(RequestStatus.Ok, bench.Challenge());
    }
}
