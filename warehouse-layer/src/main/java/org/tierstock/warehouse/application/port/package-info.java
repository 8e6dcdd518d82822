/** What the warehouse's use cases need from outside. Ports marked as query ports only read. */
package org.tierstock.warehouse.application.port;
