// Centrifugo's library with its memory engine: one channel, to which every viewer is subscribed as it connects.
//
//	centrifuge PORT [MILLISECONDS]
//
// Milliseconds are for how long it gathers before it writes to a viewer; without them it writes at once, which
// is its default. No history is kept and nobody recovers: that is the least it can cost.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/centrifugal/centrifuge"
)

const channel = "viewers"

func main() {
	node, err := centrifuge.New(centrifuge.Config{})
	if err != nil {
		log.Fatal(err)
	}
	var gather time.Duration
	if len(os.Args) > 2 {
		milliseconds, err := strconv.Atoi(os.Args[2])
		if err != nil {
			log.Fatal(err)
		}
		gather = time.Duration(milliseconds) * time.Millisecond
	}
	node.OnConnecting(func(context.Context, centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
		return centrifuge.ConnectReply{
			Credentials:   &centrifuge.Credentials{UserID: "viewer"},
			Subscriptions: map[string]centrifuge.SubscribeOptions{channel: {}},
			WriteDelay:    gather,
			// as many as there are in a frame, as ours has
			MaxMessagesInFrame: -1,
			// the audience answers no pings of the library's own
			PingPongConfig: &centrifuge.PingPongConfig{PingInterval: -1, PongTimeout: -1},
		}, nil
	})
	node.OnConnect(func(viewer *centrifuge.Client) {
		viewer.OnPublish(func(said centrifuge.PublishEvent, done centrifuge.PublishCallback) {
			done(centrifuge.PublishReply{}, nil)
		})
	})
	if err := node.Run(); err != nil {
		log.Fatal(err)
	}
	http.Handle("/ws", centrifuge.NewWebsocketHandler(node, centrifuge.WebsocketConfig{
		CheckOrigin: func(*http.Request) bool { return true },
		// for who offers it, which of the audience is one
		Compression: true,
	}))
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
